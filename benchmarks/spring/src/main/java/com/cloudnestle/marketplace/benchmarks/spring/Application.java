package com.cloudnestle.marketplace.benchmarks.spring;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.data.redis.core.script.RedisScript;

/** Started with {@code --server.port}, {@code --spring.data.redis.port} and {@code --decide.script}, the file of the Redis script. */
@SpringBootApplication
public class Application {

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @Bean
    @SuppressWarnings("rawtypes") // a Lua table has no element type
    RedisScript<List> decide(@Value("${decide.script}") String file) {
        return RedisScript.of(new FileSystemResource(file), List.class);
    }
}
